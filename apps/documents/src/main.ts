import { documentsService } from '@autobroker/documents';
import { runApp } from '@autobroker/platform/app';

void runApp('documents', [documentsService]);
