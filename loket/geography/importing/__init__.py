"""Importing streets and map from one GeoJSON file (RFC 7946): features in, a plan out.

A FeatureCollection in WGS84. Each feature says what it is in its properties:

=========== ============================== ====================================================
``kind``    geometry                       further properties
=========== ============================== ====================================================
street      LineString, MultiLineString    name, postal_code, municipality
address     Point                          street, house_number, box, postal_code, municipality
boundary    Polygon, MultiPolygon          name; one at most
quarter     Polygon, MultiPolygon          name
water       line or polygon                name, or none
green       Polygon, MultiPolygon          name, or none
square      Polygon, MultiPolygon          name, or none
building    Polygon, MultiPolygon          name, or none
=========== ============================== ====================================================

The Dutch words do as well (``soort``: straat, adres, grens, wijk, water, groen, plein, gebouw;
naam, postcode, gemeente, straat, huisnummer, bus). A kind that occurs in the file replaces all
there was of that kind; a kind that does not occur stays. Stretches of one street in several
features are one street.

``reading`` makes records of bytes, ``shapes`` makes flat rows of geometries, ``planning`` compares
them with what there is.
"""
