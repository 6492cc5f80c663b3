"""The kernel: what is kept, and how it stays true.

`model` holds the values, `ports` the four doors to the outside (objects, catalogue, index, clock), `adapters` what stands
behind them, `wiring` chooses by settings.  Nothing here knows how text is extracted or what a history concludes.
"""
