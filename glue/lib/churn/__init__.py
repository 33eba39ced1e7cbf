"""What is particular to churn files among the CSVs that csv_etl reads. Nothing here writes."""
