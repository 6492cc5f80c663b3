"""The catalogue in a relational database (SQLite or PostgreSQL, SQLAlchemy Core).

    schema    the tables          migrate   brings a database to them
    database  the one writer, the change log, the custody chain
    intake    runs and what they met        keeping   what reading gave, and what follows from it
    reading   every question, filtered by who asks
    acting    what people do, act by act    working   tags, notes, saved searches; states of index versions
    correcting  a person's word on what was read; what is left to settle   corrected  which words hold for which records
    proposing   what language models propose
    people    the client directory and the API keys
"""
from archive.adapters.catalogue.people import SqlCatalogue

__all__ = ["SqlCatalogue"]
