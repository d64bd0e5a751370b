"""A kind of application that no existing app knows: proof that adding one changes no code."""
