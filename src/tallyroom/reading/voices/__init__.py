"""Who says it: how English lets somebody speak, and whom a text means by it."""
