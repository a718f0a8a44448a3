"""What support costs and who is expected to pay: rates, then provision, then a school's budget."""
