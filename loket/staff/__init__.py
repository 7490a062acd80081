"""Who works here: sign-in, roles, what each act asks for."""
