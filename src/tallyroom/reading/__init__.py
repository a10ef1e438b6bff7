"""Documents into claims: who said what about an election, in which words, and who repeats whom.

Deterministic rules about language and elections, no network and no model. English only. What a rule does
not know it passes over: a text may hold claims that nobody finds.

    text/       what stands in a text: sentences, numbers, moments, names
    voices/     who says it
    rules/      what is claimed, a file for each family, over one sentence as scene.py shows it
    reader.py   a document into claims; collection.py: documents that are read together
    reuse/      which documents repeat one another
    into/       claims into a record, with what a person accepts
"""
