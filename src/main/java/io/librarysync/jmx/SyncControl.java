package io.librarysync.jmx;

import static javax.management.MBeanOperationInfo.ACTION;

import java.util.List;
import javax.management.MXBean;

/**
 * What can be asked of a running sync service. The process that runs one fills it; it is the bean
 * {@code Control,name=Sync} as well. A refused argument is an {@link IllegalArgumentException} with one line to show.
 */
@MXBean
@Help("Control of the sync service; only in a process that runs one")
public interface SyncControl {

    @Help(value = "Stops sending, taking and serving until resumed; does nothing if paused", impact = ACTION)
    void pause();

    @Help(value = "Sync goes on with a catch-up; does nothing if not paused", impact = ACTION)
    void resume();

    @Help(value = "Indexes a directory from now on and watches it; returns its absolute path", impact = ACTION)
    String addLocation(@Help("Absolute path of the directory") String path);

    @Help("The absolute paths of the directories that this device indexes")
    List<String> listLocations();

    @Help(value = "Makes a tag if there is none of that name, and puts it on entries", impact = ACTION)
    void addTag(@Help("Name of the tag") String name, @Help("Absolute paths of entries; may be none") String[] paths);

    @Help("One path for each live entry whose name contains a text, ignoring case")
    List<String> search(@Help("Part of a name") String text);

    @Help("On which devices a record is and why it is not on the others, as JSON; peers are asked, for 5 s at most")
    String why(@Help("A uuid, an absolute path or tag:NAME") String of);
}
