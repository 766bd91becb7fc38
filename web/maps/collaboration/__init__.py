"""The collaboration map (协作图): who works with whom, communities in boxes of their own."""
