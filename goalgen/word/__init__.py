"""Word files both ways, knowing no form: the zip, sections, documents, bundles, lines read, templates filled."""
