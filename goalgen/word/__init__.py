"""Read and write Word files, knowing no form: zip, sections, documents, bundles, lines, templates filled."""
