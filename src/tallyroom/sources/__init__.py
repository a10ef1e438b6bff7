"""Official files into an election record, by mappings declared in TOML.

`mapping` is the language, `mapping_file` reads it, `files` opens what officials publish, `grid` lays
their rows under one another, `importing` makes the record. The built-in mappings lie in `mappings/`.
"""
