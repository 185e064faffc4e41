/**
 * How node runs our apps. A request's objects live for a millisecond, but with a small young generation one is collected
 * every few milliseconds, and what is in flight just then is taken for something that stays. The image says the same
 * (Dockerfile).
 */
export const servedFlags = ['--max-semi-space-size=64'];
