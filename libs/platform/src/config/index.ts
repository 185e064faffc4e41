export { env, parseDuration } from './env';
export { coerceText, kindOf, wrappedBy, type Kind } from './kind';
export {
  allConfigs,
  ConfigError,
  defineConfig,
  loadConfig,
  loadConfigs,
  type ConfigField,
  type ConfigOf,
  type ConfigProblem,
  type ConfigSpec,
} from './define-config';
export { renderConfigDocs } from './render-docs';
