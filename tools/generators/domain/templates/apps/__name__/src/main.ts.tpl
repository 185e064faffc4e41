import { {{camel}}Service } from '@autobroker/{{name}}';
import { runApp } from '@autobroker/platform/app';

void runApp('{{name}}', [{{camel}}Service]);
