"""From bytes to hardware: printers and card readers. Knows no slip and no receipt."""
