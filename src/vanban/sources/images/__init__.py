"""Page images → text: pages drawn or decoded, made ready, read by Tesseract with two models, and put in reading order."""
