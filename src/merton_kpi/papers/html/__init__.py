"""The performance index as a web page: one file that needs no network and no script."""
