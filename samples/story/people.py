"""Who takes part. Every person, firm, place and number is invented; domains end in `.example` (RFC 2606, section 2)."""
from __future__ import annotations

from dataclasses import dataclass

SUPPLIER = "Tallowbridge Contact Centres Limited"
SUPPLIER_ADDRESS = "14 Quarrymount Road, Ballyfennel, County Cork"
CLIENT = "Dunmarra Ferries DAC"
CLIENT_ADDRESS = "Harbour House, North Quay, Dunmarra, County Wexford"
CONTRACT = "MSA-2022-0093"
ACCOUNT = "DUN-3304"


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a mailbox; `role` is what stands under the name in letters."""
    name: str
    address: str
    role: str

    @property
    def mailbox(self) -> str:
        """The form of RFC 5322, section 3.4: `Name <address>`."""
        return f"{self.name} <{self.address}>"


ORLA = Person("Orla Brannock", "orla.brannock@tallowbridge.example", "Client Director")
FINTAN = Person("Fintan Mulready", "fintan.mulready@tallowbridge.example", "General Counsel and Company Secretary")
CORMAC = Person("Cormac Delahunt", "accounts@tallowbridge.example", "Credit Control")
INES = Person("Ines Caldeira", "ines.caldeira@tallowbridge.example", "Operations Manager")
MAEVE = Person("Maeve Torrin", "maeve.torrin@dunmarra.example", "Head of Customer Service")
DECLAN = Person("Declan Ashgrove", "declan.ashgrove@dunmarra.example", "Chief Financial Officer")
RUAIRI = Person("Ruairi Stannard", "ruairi.stannard@dunmarra.example", "Company Secretary")
ANNIKE = Person("Annike Boysen", "annike.boysen@dunmarra.example", "Stationsleitung Cuxhaven")
PETRA = Person("Petra Lindgate", "petra.lindgate@saltmeadow.example", "Operations")
