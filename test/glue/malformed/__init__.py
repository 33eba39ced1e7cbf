"""Files that people upload in place of a good CSV, and what each ETL script is to say of them."""
