"""How the program looks: tokens, fonts, icons, style sheet, and how they are painted."""
