"""What is made to go wrong in Lambda, S3 and EventBridge: see docs/faults.md."""
