"""How an indicator's figures follow from those of other indicators."""
