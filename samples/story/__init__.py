"""The invented story of the sample drop: what happened, to the day and to the cent, and how it is written down.

    people     who writes, and under which addresses
    money      the invoices, credits and payments, which add up
    contract   agreement, draft, statement of work, amendment
    letters    notice, acknowledgement, claim, response, deletion, settlement, invoices
    mail       three threads, a duplicate, a Maildir
    talk       chat, calls, notes
    figures    ledger, service levels, survey, review
    parcels    zips, scans, what cannot be read, the second client
    write_*    bytes from words, the same on every run
"""
