package readme;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskCatalog;
import java.util.Map;

/** The task of the example, by a name that workers know. */
public final class PictureTasks implements TaskCatalog {
    @Override
    public Map<String, Class<? extends Task<?>>> tasks() {
        return Map.of("pictures.shrink", WhereFilesAre.Shrink.class);
    }
}
