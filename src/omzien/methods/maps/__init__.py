"""Maps: projection, shapes, schematic cells and classes. Planar metres, no GIS server."""
