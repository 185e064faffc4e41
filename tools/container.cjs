// The distroless image has no shell to expand variables with: which app an image runs is told by APP, set at its build.
const app = process.env.APP ?? 'platform';
if (!/^[a-z][a-z-]*$/.test(app)) throw new Error(`APP=${app} is not the name of an app`);
require(`../apps/${app}/dist/${process.argv[2] === 'prepare' ? 'prepare' : 'main'}.js`);
