"""How owners are chased: a message to each, and who returned what when."""
