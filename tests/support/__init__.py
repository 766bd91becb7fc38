"""What tests are made with (测试工具): factories, writers of files, servers, libraries."""
