/* Sessions that ended within the last minutes: asked for by every process that begins to listen. */
export const revocations = `
create index sessions_revoked_idx on identity.sessions (revoked_at);
`;
