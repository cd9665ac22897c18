-- What version 1 kept of one document.
INSERT INTO documents VALUES (7, 'text', 4, x'', 1700000000);
INSERT INTO texts VALUES (-430950356557152130, 4, 7);
INSERT INTO locations VALUES ('/a.md', 7, 1700000000);
INSERT INTO places VALUES (7, '', 1, 'words at 1', 'before', 'after', 4, NULL, 40);
INSERT INTO places VALUES (7, 'a', 2, 'words at 2', 'before', 'after', 4, NULL, 40);
INSERT INTO edits VALUES (3, 7, 'briefing', '{"split":{"at":{"block":0,"words":510480933919082237,"before":0,"after":0,"quote":"one"}}}');
INSERT INTO name_edits VALUES (4, 7, '{"some":"edit"}');
INSERT INTO notes VALUES (5, 7, 1700000000, 1700000001, 'note', 3, 'words at 3', 'before', 'after', 4, NULL, 40, 'why?');
INSERT INTO searches VALUES (6, 'ports', 'quay', 'words', 1700000000);
