"""What each page shows (页面内容): one file a page. Pure functions."""
