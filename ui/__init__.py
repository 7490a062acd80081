"""The Qt application: screens on the live data of a desk."""
