"""What every other folder uses: vocabulary, periods, issues, text and the index's headings."""
