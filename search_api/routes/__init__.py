"""One module per resource: each takes parameters apart, calls a service and puts the answer on the wire. No route decides anything."""
