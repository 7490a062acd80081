"""What is done with reports: one public function per act, one transaction each."""
