"""What is suspicious in an indicator's figures."""
