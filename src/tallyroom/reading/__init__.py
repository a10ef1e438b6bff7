"""Documents into claims: who said what about an election, in which words, and who repeats whom.

Deterministic rules about language and elections, no network and no model. English only. What a rule does
not know it passes over: a text may hold claims that nobody finds.
"""
