"""Letters as PDF: real text in an embedded Japanese font, tagged for screen readers.

Needs the extra ``pdf`` (typst sets the pages, pypdfium2 reads them again); nothing is fetched.
"""
