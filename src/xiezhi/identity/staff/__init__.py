"""Staff of the courts (法院工作人员): accounts, posts, and the one post a session acts in."""
