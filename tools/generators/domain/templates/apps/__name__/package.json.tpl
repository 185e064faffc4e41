{ "name": "@autobroker/app-{{name}}", "version": "0.1.0", "private": true, "type": "commonjs" }
