"""Maps of areas: shapes as the record gives them, hexagons, or tiles grouped by what the areas lie in.

`projection` flattens the globe, `simplify` makes outlines short, `outlines` and `tiles` say where each
area stands, `shading` what is known of it, and `picture` draws. None of it depends on any country.
"""
