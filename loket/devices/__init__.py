"""From bytes to hardware: printers. Knows no slip and no receipt."""
