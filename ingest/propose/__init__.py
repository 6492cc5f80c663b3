"""What a language model is asked of one record, and what of its answer counts. Pure functions; who sends it is `search_api.services.proposing`.

    masking    personal data out of a text, and places in the masked text back to the text itself
    question   the facts that are asked for, and the words in which
    answers    an answer read strictly: what may stand as a proposal, and why the rest may not

Imported only where a model is set.
"""
