// npm run --silent robots:check: lines {"robots_txt", "user_agent", "url"} on stdin or in files → {"allowed"}
import { lineTool } from './json-lines.mjs';

const text = (value) => (typeof value === 'string' ? value : '');

lineTool('libs/domains/scraper', (load) => {
  const { parseRobots } = load('domain/robots.js');
  return ({ robots_txt: robots, user_agent: agent, url }) => ({ allowed: parseRobots(text(robots)).isAllowed(text(agent), text(url)) });
});
