"""The front step, the only public face: signing in and out, members and staff, by password or by link."""
