"""How does the directory leave the house? As calendars, as data for machines and as QR codes; pure, without HTTP."""
