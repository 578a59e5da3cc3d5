"""Words that everything uses: vocabulary, periods, issues and text."""
