// The board of deals: see the workspace.
