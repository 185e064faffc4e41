{
  "name": "@autobroker/{{name}}",
  "version": "0.1.0",
  "private": true,
  "type": "commonjs",
  "exports": {
    "./package.json": "./package.json",
    ".": { "@autobroker/source": "./src/index.ts", "types": "./dist/index.d.ts", "default": "./dist/index.js" }
  }
}
