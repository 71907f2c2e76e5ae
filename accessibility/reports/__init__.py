"""What audits have found, for those who mend it: reports, trend, dashboard, status panel."""
