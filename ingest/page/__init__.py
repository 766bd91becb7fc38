"""What PDF and OFD share (版面): from the places of characters and lines to paragraphs and tables."""
