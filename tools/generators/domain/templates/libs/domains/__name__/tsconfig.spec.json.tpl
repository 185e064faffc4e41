{
  "extends": "../../../tsconfig.base.json",
  "compilerOptions": { "rootDir": "src", "outDir": "dist/spec", "tsBuildInfoFile": "dist/spec/.tsbuildinfo", "emitDeclarationOnly": true, "types": ["node", "jest"] },
  "include": ["src/**/*.spec.ts"],
  "references": [{ "path": "./tsconfig.json" }, { "path": "../../../libs/kernel" }, { "path": "../../../libs/contracts" }, { "path": "../../../libs/platform" }]
}
