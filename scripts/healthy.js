// Asks this machine's own instance whether it takes turns; exit status 1 when it does not. For container engines.
fetch(`http://127.0.0.1:${process.env.PORT ?? 3978}/health/ready`, { signal: AbortSignal.timeout(2500) }).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
